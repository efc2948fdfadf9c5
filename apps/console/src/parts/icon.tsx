/** The shapes of the page, drawn on a grid of 16. */
const PATHS = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  cross: 'M4 4 12 12M12 4 4 12',
  bolt: 'M9 1.5 3.5 9H8L7 14.5 12.5 7H8Z',
  question: 'M5.8 6a2.2 2.2 0 1 1 3.2 2c-.8.4-1 .9-1 1.7M8 12.3v.2',
  minus: 'M4 8h8',
  chevron: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  back: 'M10 3 5 8l5 5',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z',
  replay: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  pencil: 'M3 13l.7-3L11 2.7 13.3 5 6 12.3ZM9.5 4.2l2.3 2.3',
  flask: 'M6 2h4M7 2v4.5L3.5 13h9L9 6.5V2M5 10.5h6',
  plus: 'M8 3v10M3 8h10',
  upload: 'M8 11V3M5 6l3-3 3 3M3 13h10',
  search: 'M7 11.5A4.5 4.5 0 1 0 7 2.5a4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  shield: 'M8 1.8 13 4v4c0 3-2.2 5.2-5 6.2C5.2 13.200 3 11 3 8V4Z',
  book: 'M3 3h4.2c.5 0 .8.4.8.8V14c0-.6-.5-1-1-1H3ZM13 3H8.800c-.5 0-.8.4-.8.8V14c0-.6.5-1 1-1h4Z',
  sun: 'M8 10.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600ZM8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M3.400 12.600l1-1M11.600 4.400l1-1',
  moon: 'M13.500 9.500A5.800 5.800 0 0 1 6.500 2.500a5.800 5.800 0 1 0 7 7Z',
  half: 'M8 2.200a5.800 5.800 0 1 0 0 11.600ZM8 2.200a5.800 5.800 0 1 1 0 11.600',
  list: 'M5.500 4h8M5.500 8h8M5.500 12h8M2.500 4h.1M2.500 8h.1M2.500 12h.1',
  card: 'M1.800 3.500h12.400v9H1.800ZM1.800 6.500h12.400M4 10h3',
  mail: 'M2 3.500h12v9H2ZM2 4l6 5 6-5',
  bell: 'M8 2a4 4 0 0 0-4 4v3l-1.500 2.500h11L12 9V6a4 4 0 0 0-4-4ZM6.500 14h3',
  trash: 'M3 4.500h10M6.500 4.500V2.800h3v1.700M4.500 4.500l.5 9h6l.5-9',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.500V8l2.500 1.500',
} as const

/** A name of one of the shapes. */
export type IconName = keyof typeof PATHS

/** A shape beside a text; hidden from screen readers. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? 'true' : undefined}
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
