import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Example } from "../examples/example.ts";
import { exampleGroups } from "../examples/index.ts";

const menuId = "examples-menu";

/** A menu button as ARIA's authoring practices describe it: arrows, Home, End, first letters, Escape. */
export function ExamplesMenu({ onChoose }: { onChoose(example: Example): void }) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const focus = (index: number) =>
    items()
      .at(index % items().length)
      ?.focus();
  // Before anybody can see the menu: to move the focus later would scroll under a pointer.
  useLayoutEffect(() => {
    if (isOpen) focus(0);
  }, [isOpen]);

  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    const current = items().indexOf(document.activeElement as HTMLElement);
    const target = targetOf(event.key, current, items());
    if (target === undefined && event.key !== "Escape") return;
    event.preventDefault();
    if (target === undefined) close();
    else focus(target);
  };
  return (
    <div
      class="examples"
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setIsOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={menuId}
        onClick={() => (isOpen ? close() : setIsOpen(true))}
        onKeyDown={({ key }) => {
          if (key === "ArrowDown" || key === "ArrowUp") setIsOpen(true);
        }}
      >
        Examples
      </button>
      {isOpen && (
        <div id={menuId} role="menu" aria-label="Examples" ref={menu} tabIndex={-1} onKeyDown={pressed}>
          {exampleGroups.map(({ title, examples }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
            <div role="group" aria-label={title} key={title}>
              <p aria-hidden="true">{title}</p>
              {examples.map((example) => (
                <button
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  aria-label={example.label}
                  key={example.kind}
                  onClick={() => {
                    close();
                    onChoose(example);
                  }}
                >
                  {example.label}
                  {example.needs !== undefined && <small>after {example.needs}</small>}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** The item that a key leads to; -1 is the last. */
function targetOf(key: string, current: number, items: readonly HTMLElement[]): number | undefined {
  switch (key) {
    case "ArrowDown":
      return current + 1;
    case "ArrowUp":
      return current - 1;
    case "Home":
      return 0;
    case "End":
      return -1;
  }
  if (!/^\p{L}$/u.test(key)) return undefined;
  const order = items.map((_, index) => (current + 1 + index) % items.length);
  return order.find((index) => items[index]?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}
