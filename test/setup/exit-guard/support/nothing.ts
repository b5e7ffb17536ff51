/** Loaded in place of the guard: asynchronously too, so that both applications start in the same way. */
await new Promise((resolve) => {
  setImmediate(resolve);
});
