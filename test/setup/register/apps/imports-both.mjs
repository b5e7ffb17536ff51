// An application that starts OpenTelemetry itself, while it imports the package for other things, too.
const [{ liveStats }] = await Promise.all([
  import('collectorless'),
  import('collectorless/register'),
]);

console.log(JSON.stringify({ processors: liveStats().length }));
