import type { Locator } from "playwright-core";

/** How many pixels wide a picture of the page is by itself, once it has loaded; 0 when it failed to. */
export function shownWidth(picture: Locator): Promise<number> {
  return picture.evaluate((element) => {
    const image = element as HTMLImageElement;
    return image.decode().then(
      () => image.naturalWidth,
      () => 0,
    );
  });
}
