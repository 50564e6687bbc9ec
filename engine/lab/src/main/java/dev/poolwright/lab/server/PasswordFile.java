package dev.poolwright.lab.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file that PGPASSFILE names: lines of {@code host:port:database:user:password}, {@code *} for any, {@code \} before
 * a colon or a backslash that is meant, the first line that fits wins (PostgreSQL manual, "The Password File").
 */
final class PasswordFile {

    /** Far above any real one; a wrong path to something huge ends here. */
    private static final long MOST_BYTES = 1_000_000;

    private static final Set<PosixFilePermission> TOO_OPEN = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PasswordFile() {}

    /** The password, or empty text where none is named or none fits; what is wrong with the file goes to the problems. */
    static String look(
            Map<String, String> environment,
            String host,
            int port,
            String database,
            String user,
            List<Problem> problems) {
        String named = environment.getOrDefault("PGPASSFILE", "");
        if (named.isEmpty()) {
            return "";
        }
        try {
            Path file = Path.of(named);
            if (Files.size(file) > MOST_BYTES) {
                problems.add(new Problem(
                        "PGPASSFILE = " + file + " has " + Files.size(file) + " bytes; read are at most " + MOST_BYTES,
                        "name the password file"));
                return "";
            }
            // libpq passes over such a file in silence; said aloud it costs the user less time.
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().stream().anyMatch(TOO_OPEN::contains)) {
                problems.add(
                        new Problem("PGPASSFILE = " + file + " is open to others than its owner", "chmod 600 " + file));
                return "";
            }
            for (String line : Files.readAllLines(file)) {
                List<String> fields = fields(line);
                if (!line.startsWith("#")
                        && fields.size() == 5
                        && fits(fields, host, Integer.toString(port), database, user)) {
                    return fields.get(4);
                }
            }
            return "";
        } catch (IOException | InvalidPathException e) {
            problems.add(new Problem(
                    "PGPASSFILE = " + named + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "name a file that can be read, or set PGPASSWORD"));
            return "";
        }
    }

    /** What a file that holds a password is made with. */
    static FileAttribute<?>[] forOwner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean fits(List<String> fields, String... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted[i])) {
                return false;
            }
        }
        return true;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
