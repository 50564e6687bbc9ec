package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which files shapes are looked for in: those of programs that stay up and serve. */
final class ShapeFiles {

    /** One of these is in every file that works with a session or connection. */
    static final List<String> DATABASE = List.of(
            "sqlalchemy",
            "sqlmodel",
            "asyncpg",
            "psycopg",
            "aiopg",
            "aiomysql",
            "get_db",
            "get_session",
            "SessionLocal",
            "db.session",
            "atomic(");

    /** And one of these in every file that hands one on or is given one. Rarer than most words that readers look for. */
    private static final List<String> DATABASE_OR_GIVEN = Stream.concat(
                    DATABASE.stream(),
                    Stream.of("Depends(", "session", "Session", "database", "execute(", "acquire(", "getconn("))
            .toList();

    private static final Set<String> ONCE = Set.of(
            "scripts",
            "script",
            "bin",
            "tools",
            "tooling",
            "cli",
            "commands",
            "management",
            "notebooks",
            "backups",
            "backup",
            "devtools",
            "dev",
            "hack",
            "utils_dev",
            "alembic",
            "versions",
            "seed",
            "seeds",
            "fixtures",
            "backfill",
            "backfills");

    /** One object, so that a name is put to it once for all readers. */
    private static final Predicate<SourceFile> SERVES = ShapeFiles::serves;

    private ShapeFiles() {}

    /** One of these is in every file that answers requests over HTTP. */
    static final List<String> WEB = List.of(
            "fastapi",
            "starlette",
            "flask",
            "Flask",
            "aiohttp",
            "litestar",
            "sanic",
            "quart",
            "django",
            "rest_framework",
            "falcon",
            "tornado",
            "bottle",
            "pyramid",
            "@router",
            "Router(",
            "router.get(",
            "router.add",
            "@app.",
            "@api",
            "Blueprint",
            "@blueprint",
            ".route(");

    /** Files that run, with any of the words, and something of a database. */
    static Interest with(List<String> words) {
        return new Interest(EnumSet.of(Language.PYTHON), SERVES, words, List.of(DATABASE_OR_GIVEN));
    }

    static boolean serves(SourceFile file) {
        if (file.place() != Place.MAIN && file.place() != Place.EXAMPLE) {
            return false;
        }
        for (String folder : file.folder().split("/", -1)) {
            if (ONCE.contains(folder) || folder.startsWith(".")) {
                return false;
            }
        }
        String name = file.fileName();
        return !name.equals("manage.py")
                && !name.equals("setup.py")
                && !name.equals("cli.py")
                && !name.contains("test_")
                && !name.contains("migrat")
                && !name.contains("alembic")
                && !name.contains("seed");
    }

    /** Whether a module is a program that somebody runs by hand: it starts itself and is no server. */
    static boolean isScript(PythonModule module) {
        boolean starts = module.root().children().stream()
                .anyMatch(one -> one.is("if_statement") && one.text("condition").contains("__name__"));
        boolean serves = module.imports("fastapi")
                || module.imports("flask")
                || module.imports("uvicorn")
                || module.imports("starlette")
                || module.imports("celery")
                || module.imports("aiohttp");
        boolean commands = module.imports("click")
                || module.imports("typer")
                || module.imports("argparse")
                || module.imports("fire")
                || module.imports("invoke");
        return (starts || commands) && !serves;
    }

    /** The name that facts give a function: with its class. */
    static String subject(PythonFunction function) {
        return function.qualifiedName();
    }
}
