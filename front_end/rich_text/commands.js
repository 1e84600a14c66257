// What the buttons and keys of the editor do.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { schema } from "./markdown.js";

const { paragraph, heading, bullet_list: bullets, ordered_list: numbers, list_item: item, hard_break: lineBreak } = schema.nodes;
export const { link, strong } = schema.marks;

// The list that the selection stands in, the innermost one.
function listAt({ $from }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === bullets || node.type === numbers) return { node, at: $from.before(depth) };
  }
  return null;
}

const isHeading = (level) => (state) => state.selection.$from.parent.hasMarkup(heading, { level });
const isList = (type) => (state) => listAt(state.selection)?.node.type === type;

export function isBold(state) {
  const { empty, $from, from, to } = state.selection;
  return empty ? Boolean(strong.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, strong);
}

const toggleHeading = (level) => (state, dispatch, view) => {
  if (listAt(state.selection)) return false;
  return (isHeading(level)(state) ? setBlockType(paragraph) : setBlockType(heading, { level }))(state, dispatch, view);
};

const toggleList = (type) => (state, dispatch, view) => {
  const list = listAt(state.selection);
  if (list?.node.type === type) return liftListItem(item)(state, dispatch, view);
  if (list) {
    dispatch?.(state.tr.setNodeMarkup(list.at, type));
    return true;
  }
  if (!dispatch) return true;
  if (state.selection.$from.parent.type === heading) {
    setBlockType(paragraph)(state, dispatch);
    return wrapInList(type)(view.state, dispatch);
  }
  return wrapInList(type)(state, dispatch);
};

export const TOOLS = [
  { label: "Heading", run: toggleHeading(1), isOn: isHeading(1) },
  { label: "Subheading", run: toggleHeading(2), isOn: isHeading(2) },
  { label: "Bold", run: toggleMark(strong), isOn: isBold, keys: "Control+B" },
  { label: "Bullet list", run: toggleList(bullets), isOn: isList(bullets) },
  { label: "Numbered list", run: toggleList(numbers), isOn: isList(numbers) },
];

const breakLine = chainCommands(exitCode, (state, dispatch) => {
  if (state.selection.$from.parent.type === heading) return false;
  dispatch?.(state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView());
  return true;
});

// Tab leaves the field, as in every other one.
export const KEYS = {
  ...baseKeymap,
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-b": toggleMark(strong),
  "Mod-[": liftListItem(item),
  "Mod-]": sinkListItem(item),
  Enter: chainCommands(splitListItem(item), baseKeymap.Enter),
  "Shift-Enter": breakLine,
  Backspace: chainCommands(undoInputRule, baseKeymap.Backspace),
};

// A dash typed out of habit before the next item of a list is not wanted twice.
const unlessInList = (mark, rule) =>
  new InputRule(mark, (state, match, start, end) =>
    listAt(state.selection) && state.selection.$from.parent.type === paragraph ? state.tr.delete(start, end) : rule.handler(state, match, start, end),
  );

export const rules = inputRules({
  rules: [
    unlessInList(/^\s*[-*•]\s$/, wrappingInputRule(/^\s*[-*•]\s$/, bullets)),
    unlessInList(/^(\d{1,9})[.)]\s$/, wrappingInputRule(/^(\d{1,9})[.)]\s$/, numbers, (match) => ({ order: Number(match[1]) }))),
    textblockTypeInputRule(/^(#{1,2})\s$/, heading, (match) => ({ level: match[1].length })),
  ],
});
