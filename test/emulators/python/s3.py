"""Makes a bucket, or prints the content of every object in it: base64, a line each, oldest first."""

import base64
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

endpoint, action, bucket = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))

if action == "create":
    where = {"LocationConstraint": s3.meta.region_name}
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
else:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    objects = [entry for page in pages for entry in page.get("Contents", [])]
    objects.sort(key=lambda entry: entry["LastModified"])
    read = lambda entry: s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
    with ThreadPoolExecutor(8) as pool:
        for body in pool.map(read, objects):
            print(base64.b64encode(body).decode())
