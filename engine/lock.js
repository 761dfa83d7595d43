// What code of the page's Python may reach: nothing but what it computes with.
//
// A worker has no policy of its own where its server sends none, and Python reaches all
// of JavaScript (`import js`). So what can ask the network, or turn text into code, is
// taken away before the first line of Python that a reader wrote.

const KEPT = `
  Object Array ArrayBuffer SharedArrayBuffer DataView Atomics Boolean Number BigInt String
  Symbol Math JSON Date RegExp Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise
  Proxy Reflect Intl Iterator Error AggregateError EvalError RangeError ReferenceError
  SyntaxError TypeError URIError Int8Array Uint8Array Uint8ClampedArray Int16Array
  Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array
  BigUint64Array WebAssembly TextDecoder TextEncoder performance crypto
  atob btoa Infinity NaN undefined globalThis isFinite isNaN parseFloat parseInt
`;
const names = new Set(KEPT.trim().split(/\s+/));

/** What the global object had at first; to be taken before anything is loaded. */
export function atFirst() {
  const found = [];
  for (let o = globalThis; o !== Object.prototype; o = Object.getPrototypeOf(o))
    for (const name of Reflect.ownKeys(o)) if (!names.has(name)) found.push([o, name]);
  return found;
}

/** Take it all away, and the ways from a function to the maker of functions of text. */
export function lock(had) {
  for (const one of [() => {}, async () => {}, function* () {}, async function* () {}]) {
    const { prototype } = Object.getPrototypeOf(one).constructor;
    Object.defineProperty(prototype, "constructor", { value: undefined });
  }
  for (const [o, name] of had)
    if (!Reflect.deleteProperty(o, name)) {
      const { writable, configurable } = Object.getOwnPropertyDescriptor(o, name);
      if (writable || configurable) Object.defineProperty(o, name, { value: undefined });
    }
}
