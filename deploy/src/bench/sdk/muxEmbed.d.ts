// What the bench uses of mux-embed, whose package does not lead to its own declarations.
declare module 'mux-embed' {
  const mux: {
    monitor(element: HTMLVideoElement, options: Readonly<Record<string, unknown>>): void;
  };
  // biome-ignore lint/style/noDefaultExport: the package has no other.
  export default mux;
}
