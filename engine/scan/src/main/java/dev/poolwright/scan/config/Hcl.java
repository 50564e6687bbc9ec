package dev.poolwright.scan.config;

import java.util.List;

/**
 * HCL as Terraform, Terragrunt and Packer write it. A block stands under its type and its labels; a second one of the same name
 * makes a list of both. Text, numbers, lists and objects become nodes; any other expression is a scalar with its text, and what
 * {@code jsonencode} encodes is read as if it stood there itself. Nothing is evaluated.
 *
 * @see "https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md"
 */
final class Hcl {

    private final ConfigText text;
    private final HclCursor cursor;
    private final HclValues values;

    private Hcl(ConfigText text) {
        this.text = text;
        this.cursor = new HclCursor(text);
        this.values = new HclValues(text, cursor);
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        Draft root = Draft.at(text, 0, 1);
        new Hcl(text).body(root);
        return List.of(root.finish());
    }

    /** Attributes and blocks up to the end of the text, or the closing bracket of the block that this is the body of. */
    private void body(Draft draft) throws UnreadableConfig {
        boolean top = draft.depth() == 1;
        for (cursor.skipLines(); !cursor.ended(); cursor.skipLines()) {
            if (!top && cursor.at("}")) {
                cursor.skip(1);
                return;
            }
            int start = cursor.offset();
            String name = cursor.name();
            cursor.skipSpaces();
            if (cursor.at("=")) {
                cursor.skip(1);
                cursor.skipSpaces();
                draft.put(name, values.value(draft.depth() + 1, true));
            } else {
                block(draft, name, start);
            }
        }
        if (!top) {
            throw text.fail("not HCL: a block is not closed", cursor.offset());
        }
    }

    private void block(Draft draft, String type, int start) throws UnreadableConfig {
        Draft above = draft;
        String last = type;
        while (!cursor.at("{")) {
            above = above.child(last, start);
            last = cursor.name();
            cursor.skipSpaces();
        }
        cursor.skip(1);
        body(above.another(last, start));
    }
}
