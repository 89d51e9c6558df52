// Sets the device's clock for the whole page: all that `Date` says, and nothing that is monotonic.

/** @param aheadMs Beside the true time. */
export function setClock(aheadMs: number): void {
  const now = () => Math.round(performance.timeOrigin + performance.now()) + aheadMs;
  Date.now = now;
  globalThis.Date = new Proxy(Date, {
    apply: (date) => new date(now()).toString(),
    construct: (date, args, made) =>
      Reflect.construct(date, args.length > 0 ? args : [now()], made),
  });
}
