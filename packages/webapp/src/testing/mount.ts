import type { React as UsedReact } from "../react.ts";

interface ReactPage {
  readonly React: UsedReact;
  readonly ReactDOM: {
    /** React 17. */
    render?(element: unknown, root: Element): void;
    /** React 18. */
    createRoot?(root: Element): { render(element: unknown): void; unmount(): void };
    unmountComponentAtNode?(root: Element): void;
  };
}

/** Draws a component with the page's React; the answer takes it away again. */
export function mount(component: () => unknown): () => void {
  const { React, ReactDOM } = window as unknown as ReactPage;
  const root = document.createElement("div");
  document.body.append(root);
  const element = React.createElement(component, null);
  if (ReactDOM.createRoot === undefined) {
    ReactDOM.render?.(element, root);
    return () => ReactDOM.unmountComponentAtNode?.(root);
  }
  const mounted = ReactDOM.createRoot(root);
  mounted.render(element);
  return () => mounted.unmount();
}

/** Those that a section adds to be told of changes. */
export class Listeners {
  readonly #all = new Set<() => void>();
  readonly #counted: (count: number) => void;

  constructor(counted: (count: number) => void) {
    this.#counted = counted;
  }

  readonly add = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    this.#counted(this.#all.size);
    return () => {
      this.#all.delete(listener);
      this.#counted(this.#all.size);
    };
  };

  readonly changed = (): void => {
    for (const listener of [...this.#all]) listener();
  };
}
