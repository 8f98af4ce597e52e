import type { ZodType } from "zod";

type WithoutUndefined<Shape> = Shape extends readonly (infer Item)[]
  ? Item[]
  : Shape extends object
    ? { [Key in keyof Shape]: Exclude<Shape[Key], undefined> }
    : Shape;

/**
 * Parses a body. Properties that were not given are absent rather than undefined, which zod's types cannot say but its
 * parser does; the tenant's types make that difference. Throws `ZodError`.
 */
export function given<Shape>(schema: ZodType<Shape>, body: unknown): WithoutUndefined<Shape> {
  return schema.parse(body) as WithoutUndefined<Shape>;
}
