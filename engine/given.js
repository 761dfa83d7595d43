// What the page hands to its Python when some code first needs it.

export const given = {
  random: null, // the loops of random numbers, as WebAssembly; see random.wasm in build.mjs
};
