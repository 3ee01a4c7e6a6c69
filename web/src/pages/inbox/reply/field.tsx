// The text field: grows with its text, and marks what is still to be filled in. A copy of the text behind it gives the height and
// carries the marks, since a textarea can have none.
import type { ClipboardEventHandler, KeyboardEventHandler, ReactNode, RefObject } from 'react';
import type { CannedPicker } from './canned-picker.js';
import classes from './reply.module.css';

export function Field({
  box,
  value,
  marks,
  disabled,
  label,
  placeholder,
  onChange,
  onKeyDown,
  onPaste,
  picker,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  /** Parts of the text that are marked. */
  marks: readonly string[];
  disabled: boolean;
  label: string;
  placeholder: string;
  onChange: (value: string) => void;
  onKeyDown: KeyboardEventHandler<HTMLTextAreaElement>;
  onPaste: ClipboardEventHandler<HTMLTextAreaElement>;
  picker: CannedPicker;
}) {
  return (
    <div className={classes.scroll}>
      <div className={classes.grow}>
        <div className={classes.mirror} aria-hidden="true">
          {marked(value, marks)}
          {'\n'}
        </div>
        <textarea
          ref={box}
          className={classes.text}
          value={value}
          rows={2}
          disabled={disabled}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={picker.shown ? picker.listId : undefined}
          aria-activedescendant={picker.shown ? picker.activeId : undefined}
          placeholder={placeholder}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value);
            picker.moved(currentTarget.selectionStart);
          }}
          onSelect={({ currentTarget }) => picker.moved(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
      </div>
    </div>
  );
}

function marked(text: string, marks: readonly string[]): ReactNode {
  if (marks.length === 0) return text;
  const parts = text.split(/(\{[a-z][a-z_]{1,30}\})/);
  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
  return parts.map((part, i) => (marks.includes(part) ? <mark key={i}>{part}</mark> : part));
}
