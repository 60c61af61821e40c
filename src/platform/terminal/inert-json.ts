// JSON text that misleads nobody who looks at it, and parses to the same value.

/**
 * Characters that JSON would carry as they are and that a terminal or an HTML page would act on:
 * DEL, C1, format characters, separators, `<`, `>`, `&`. Escaped, the value stays the same.
 */
const unsafeInJson = /[<>&\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function escapeUnits(text: string): string {
  let escaped = '';
  for (let i = 0; i < text.length; i += 1) escaped += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return escaped;
}

/** Escapes in a JSON text what could mislead. Works on the text of any JSON value. */
export function inertJson(json: string): string {
  return json.replace(unsafeInJson, escapeUnits);
}
