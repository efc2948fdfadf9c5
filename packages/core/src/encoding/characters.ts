import type { LocalizedText } from './localized.ts'

/** Unicode's names of the characters that are pasted without being seen, and Chinese for them. */
const CHARACTER_NAMES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  '0009': ['tab', '制表符'],
  '000A': ['line feed', '换行'],
  '000D': ['carriage return', '回车'],
  '00A0': ['no-break space', '不换行空格'],
  '00AD': ['soft hyphen', '软连字符'],
  '200B': ['zero width space', '零宽空格'],
  '200C': ['zero width non-joiner', '零宽不连字'],
  '200D': ['zero width joiner', '零宽连字'],
  '200E': ['left-to-right mark', '从左至右标记'],
  '200F': ['right-to-left mark', '从右至左标记'],
  '202F': ['narrow no-break space', '窄不换行空格'],
  '2028': ['line separator', '行分隔符'],
  '2029': ['paragraph separator', '段分隔符'],
  '2060': ['word joiner', '词连接符'],
  '3000': ['ideographic space', '全角空格'],
  FE0F: ['variation selector', '变体选择符'],
  FEFF: ['byte order mark', '字节序标记 BOM'],
  FFFD: ['replacement character', '替换字符'],
}

/** A character by its number, and by its name where that is known. */
export function nameCharacter(character: string): LocalizedText {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const [en, zh] = CHARACTER_NAMES[code] ?? []
  return {
    en: en === undefined ? `U+${code}` : `U+${code} (${en})`,
    zh: zh === undefined ? `U+${code}` : `U+${code}（${zh}）`,
  }
}
