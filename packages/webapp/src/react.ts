/** The part of React that is used: the same in 17 and 18, one of which Mattermost brings (facts, section 6). */
export interface React {
  createElement(
    type: string | (() => unknown),
    props: Readonly<Record<string, unknown>> | null,
    ...children: unknown[]
  ): unknown;
  useState<Value>(first: Value): readonly [Value, (next: Value) => void];
  /** What `effect` returns is called before the next time and at the end. */
  useEffect(effect: () => (() => void) | undefined, dependencies: readonly unknown[]): void;
}
