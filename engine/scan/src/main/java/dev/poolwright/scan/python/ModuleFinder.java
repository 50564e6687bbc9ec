package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the file of a dotted module name. Nobody says where a program's import path begins, so every folder is possible; the
 * one nearest to the file that imports counts, and a folder inside a package only where nothing else fits. Immutable.
 */
final class ModuleFinder {

    /** What is never meant to be a module of the tree, whatever its files are called. */
    private static final Set<String> OUTSIDE = Set.of(
            ("sqlalchemy sqlmodel asyncpg psycopg psycopg2 psycopg_pool aiopg django flask flask_sqlalchemy fastapi starlette"
                            + " pydantic pydantic_settings os sys functools dataclasses decouple environs environ redis"
                            + " celery httpx requests aiohttp typing typing_extensions databases tortoise peewee playhouse"
                            + " dj_database_url contextlib asyncio logging json urllib pathlib alembic pytest gunicorn"
                            + " uvicorn abc re time datetime enum collections itertools types threading multiprocessing"
                            + " concurrent unittest importlib inspect copy math random string tempfile subprocess"
                            + " configparser zope pyramid gino encode numpy pandas")
                    .split(" ", -1));

    private static final Set<String> ROOT_MARKS =
            Set.of("pyproject.toml", "setup.py", "setup.cfg", "manage.py", "requirements.txt", "pipfile", "dockerfile");
    private static final Set<String> ROOT_NAMES = Set.of("src", "lib", "python");

    private final Map<String, List<SourceFile>> byLastPart = new HashMap<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> markedRoots = new HashSet<>();

    ModuleFinder(Project project) {
        for (SourceFile file : project.tree().files()) {
            if (file.language() == Language.PYTHON) {
                String plain = plain(file);
                byLastPart
                        .computeIfAbsent(plain.substring(plain.lastIndexOf('/') + 1), key -> new ArrayList<>(1))
                        .add(file);
                if (file.fileName().equals("__init__.py")) {
                    packages.add(file.folder());
                }
            }
            if (ROOT_MARKS.contains(file.fileName().toLowerCase(java.util.Locale.ROOT))) {
                markedRoots.add(file.folder());
            }
        }
    }

    /** Its name without the ending; of a package's {@code __init__.py} the folder. */
    private static String plain(SourceFile file) {
        return file.fileName().equals("__init__.py")
                ? file.folder()
                : file.name().substring(0, Math.max(0, file.name().length() - ".py".length()));
    }

    /** Whether a dotted name never is in the tree. */
    static boolean isOutside(String dottedName) {
        int dot = dottedName.indexOf('.');
        return OUTSIDE.contains(dot < 0 ? dottedName : dottedName.substring(0, dot));
    }

    Optional<SourceFile> find(String dottedName, SourceFile from) {
        if (dottedName.startsWith(".")) {
            return relative(dottedName, from);
        }
        if (dottedName.isEmpty() || isOutside(dottedName)) {
            return Optional.empty();
        }
        String path = dottedName.replace('.', '/');
        boolean deep = path.indexOf('/') >= 0;
        return byLastPart.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of()).stream()
                .filter(file -> plain(file).equals(path) || plain(file).endsWith("/" + path))
                .filter(file -> fits(root(file, path), from, deep))
                .max(Comparator.<SourceFile>comparingInt(file -> score(file, root(file, path), from))
                        .thenComparing(SourceFile::name, Comparator.reverseOrder()));
    }

    private static String root(SourceFile file, String path) {
        String plain = plain(file);
        return plain.length() == path.length() ? "" : plain.substring(0, plain.length() - path.length() - 1);
    }

    private boolean fits(String root, SourceFile from, boolean deep) {
        if (root.isEmpty() || markedRoots.contains(root) || around(root, from)) {
            return true;
        }
        return ROOT_NAMES.contains(root.substring(root.lastIndexOf('/') + 1)) || (deep && !packages.contains(root));
    }

    private static boolean around(String root, SourceFile from) {
        return root.isEmpty() || from.folder().equals(root) || from.folder().startsWith(root + "/");
    }

    private int score(SourceFile file, String root, SourceFile from) {
        int score = around(root, from) ? 10_000 : 0;
        score += packages.contains(root) ? -20_000 : 0;
        score += file.place() == Place.MAIN || file.place() == from.place() ? 5_000 : 0;
        return score + 10 * common(root, from.folder()) + (markedRoots.contains(root) ? 5 : 0);
    }

    /** How many folders two names share from the top. */
    private static int common(String one, String other) {
        String[] left = one.split("/", -1);
        String[] right = other.split("/", -1);
        int same = 0;
        while (same < left.length && same < right.length && left[same].equals(right[same])) {
            same++;
        }
        return same;
    }

    private Optional<SourceFile> relative(String dottedName, SourceFile from) {
        int dots = 0;
        while (dots < dottedName.length() && dottedName.charAt(dots) == '.') {
            dots++;
        }
        String folder = from.folder();
        for (int i = 1; i < dots; i++) {
            int slash = folder.lastIndexOf('/');
            if (slash < 0 && folder.isEmpty()) {
                return Optional.empty();
            }
            folder = slash < 0 ? "" : folder.substring(0, slash);
        }
        String rest = dottedName.substring(dots).replace('.', '/');
        String path = rest.isEmpty() ? folder : folder.isEmpty() ? rest : folder + "/" + rest;
        return byLastPart.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of()).stream()
                .filter(file -> plain(file).equals(path))
                .max(Comparator.comparingInt(file -> file.fileName().equals("__init__.py") ? 1 : 0));
    }
}
