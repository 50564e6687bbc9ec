package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.rules.Rule;
import dev.poolwright.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages of the rules, which are part of the application. */
final class RulePages {

    private RulePages() {}

    /** The title of every rule, by code, in order. */
    static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        for (Rule rule : Rules.all()) {
            String first = text(rule.code()).lines().findFirst().orElse(rule.code());
            titles.put(rule.code(), first.replaceFirst("^#\\s*" + rule.code() + ":\\s*", ""));
        }
        return titles;
    }

    /** @throws WrongUse when the page is not in this build */
    static String text(String code) {
        try (InputStream page = RulePages.class.getResourceAsStream("/docs/rules/" + code + ".md")) {
            if (page == null) {
                throw new WrongUse("rule = " + code + ": its page is missing from this build; build anew");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the application's own files cannot be read", e);
        }
    }
}
