package dev.poolwright.files.fleet;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.model.fleet.Target;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code main}, {@code main/shop}, {@code main/shop as app}. */
final class Targets {

    static final Target NOWHERE = new Target("", "", "");

    private static final Pattern TARGET =
            Pattern.compile("([A-Za-z0-9_.-]{1,100})(?:/([A-Za-z0-9_.-]{1,100}))?(?: as ([A-Za-z0-9_.-]{1,100}))?");

    private Targets() {}

    static Form<Target> among(List<String> known) {
        String allowed = "name, name/database or name/database as role, with a name of: "
                + (known.isEmpty() ? "(the fleet has none)" : String.join(", ", known));
        return new Form<>(allowed, text -> {
            Matcher matcher = TARGET.matcher(text);
            if (!matcher.matches()) {
                throw new Unreadable("not a target", "write for example main/shop as app");
            }
            String at = matcher.group(1);
            if (!known.contains(at)) {
                throw new Unreadable("no such server or pooler", Nearest.hint(at, known));
            }
            return new Target(at, orEmpty(matcher, 2), orEmpty(matcher, 3));
        });
    }

    private static String orEmpty(Matcher matcher, int group) {
        String text = matcher.group(group);
        return text == null ? "" : text;
    }
}
