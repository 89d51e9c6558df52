// What the kit uses of mux-embed, whose package does not let its own declarations be found.
declare module 'mux-embed' {
  const mux: {
    monitor(element: HTMLMediaElement, options: object): void;
    emit(element: HTMLMediaElement, event: string, data: object): void;
    destroyMonitor(element: HTMLMediaElement): void;
  };
  // biome-ignore lint/style/noDefaultExport: its package has this one.
  export default mux;
}
