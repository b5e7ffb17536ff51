/** Takes the items at the beginning of a list out of it, up to the first of which this does not hold. */
export function dropFirst<Item>(list: Item[], isDropped: (item: Item) => boolean): void {
  const end = list.findIndex((item) => !isDropped(item));
  list.splice(0, end < 0 ? list.length : end);
}
