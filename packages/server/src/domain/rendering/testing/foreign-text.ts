import fc from "fast-check";

const hostile = [
  ..."@all|@channel|@here|@ann.lee|~town-square|#tag|:smile:|:+1:|&#64;all|&commat;here|&lt;|<!channel>|<@U1>".split(
    "|",
  ),
  ..."https://evil.example/@all|http://a.b/c_d_e(f)|www.evil.example|bank.com|javascript:alert(1)|ann@example.com".split(
    "|",
  ),
  ..."![x](http://evil.example/p.png)|[bank.com](http://evil.example)|[x]: http://evil.example|<http://e.example>".split(
    "|",
  ),
  ..."```|~~~|``|`|**|__|*|_|~~|> |>>|# |## |- |+ |1. |2) |===|---|***|$|$$|!|\\|\\\\|(|)|[|]|{|}|<|>|&".split(
    "|",
  ),
  ..."|a \\| b|\n|\n\n|\r\n|\t|    |\u00a0|\u200b|\u202e|\u2028|\u0000|\ufeff|\u05e9|\ud83d\ude00|\ud800|Ann|word| |.|,".split(
    "|",
  ),
  "|",
  "--- | ---",
];

/** Text as somebody would write it who wants to do harm, mixed with ordinary words. */
export const foreignText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...hostile) },
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(""));

/**
 * What Mattermost would take for a mention, a channel, a hashtag or an emoji in this text, by the widest reading of its
 * server and its apps: after anything but an ASCII letter or digit. Hashtags begin with a letter, so `&#92;` holds none.
 */
export function mentionsIn(text: string): string[] {
  const found = [
    ...text.matchAll(/(?<![A-Za-z0-9])@[\p{L}\p{N}._-]+/gu),
    ...text.matchAll(/~[\p{L}\p{N}_-]+/gu),
    ...text.matchAll(/(?<![\p{L}\p{N}])#\p{L}[\p{L}\p{N}]*/gu),
    ...text.matchAll(/:[\w+-]+:/g),
  ];
  return found.map(([match]) => match);
}
