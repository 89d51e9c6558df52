export function viewsPage(...args: unknown[]): unknown {
  return { views: [], next: null };
}
export function viewOf(...args: unknown[]): unknown {
  return null;
}
