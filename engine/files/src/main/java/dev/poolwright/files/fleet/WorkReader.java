package dev.poolwright.files.fleet;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.files.tree.Source;
import dev.poolwright.model.fleet.Work;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a load does in the database: {@code work: one_row}, {@code work: {tpcb: 10}}, {@code work: {sql: file.sql}}. */
final class WorkReader {

    private static final int MOST_STATEMENTS = 1000;
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");
    private static final Form<Work> WORD =
            Form.word("work", Map.of("sleep", Work.sleep(), "one_row", new Work.OneRow(1), "tpcb", new Work.TpcB(1)));

    private final Path directory;

    WorkReader(Path directory) {
        this.directory = directory;
    }

    Work read(Section load) {
        if (!load.has("work")) {
            return Work.sleep();
        }
        if (load.isSingle("work")) {
            return load.get("work", WORD, Work.sleep());
        }
        Section section = load.child("work");
        int scale = section.get("scale", Forms.count(1, Work.MOST_SCALE), 1);
        Work work = Work.sleep();
        if (section.has("transaction")) {
            work = new Work.Transaction(section.get("transaction", Forms.count(1, MOST_STATEMENTS), 1), scale);
        } else if (section.has("one_row")) {
            work = new Work.OneRow(section.get("one_row", Forms.count(1, Work.MOST_SCALE), 1));
        } else if (section.has("tpcb")) {
            work = new Work.TpcB(section.get("tpcb", Forms.count(1, Work.MOST_SCALE), 1));
        } else if (section.has("sql")) {
            work = section.find("sql", Forms.TEXT)
                    .flatMap(file -> sql(section, file))
                    .orElse(Work.sleep());
        } else {
            section.missing("transaction", "transaction: 5, one_row: 1, tpcb: 1 or sql: file.sql");
        }
        section.done();
        return work;
    }

    /** Statements end with a semicolon; one inside a literal is not looked for, so such a file is cut wrongly and fails. */
    private Optional<Work> sql(Section section, String name) {
        Path path;
        try {
            path = directory.resolve(name);
        } catch (InvalidPathException e) {
            section.wrong("sql", "not a path", name, "a path relative to this file", "");
            return Optional.empty();
        }
        return Source.text(path, section.problems()).flatMap(text -> {
            List<String> statements = Arrays.stream(
                            COMMENT.matcher(text).replaceAll("").split(";", -1))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
            if (statements.isEmpty() || statements.size() > MOST_STATEMENTS) {
                section.wrong(
                        "sql", "no such work", name, "1 to " + MOST_STATEMENTS + " statements, each with a ;", "");
                return Optional.empty();
            }
            return Optional.of(new Work.Sql(name, statements));
        });
    }
}
