/**
 * Who waits while a request to Graph waits for its turn. A person goes before the background, for seconds; the background has
 * a quarter of an hour, and ends its wait when it is to stop.
 */
export type RequestTurn =
  | { readonly kind: "person" }
  | { readonly kind: "background"; readonly stopping?: AbortSignal };
