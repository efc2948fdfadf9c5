/** Texts in Chinese by an error's `reason`; `{name}` is filled with the parameter of that name. */
export type ChineseTexts = Readonly<
  Record<string, { readonly message: string; readonly hint?: string }>
>
