package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Which Python files hold a word, tests left out. Of each file a few bits for each of its words are kept (Bloom's filter, 1970), and
 * a file that may hold the word is then searched for it. Made when it is first asked; a tree with more than
 * {@value #MOST_BYTES} bytes of Python outside tests is not searched, so that the answer is "not known". Safe for several threads.
 */
final class Identifiers {

    static final long MOST_BYTES = 48L << 20;

    private static final int BITS = 1 << 14;

    private final Project project;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<BitSet> words = new ArrayList<>();
    private boolean made;
    private boolean tooLarge;

    private Identifiers(Project project) {
        this.project = project;
    }

    static Identifiers of(Project project) {
        return project.view(Identifiers.class, Identifiers::new);
    }

    /** The files that hold the word between other characters; empty where they are more than {@code most}, or nobody knows. */
    Optional<List<SourceFile>> files(String word, int most) {
        make();
        if (tooLarge) {
            return Optional.empty();
        }
        int hash = hash(word);
        List<SourceFile> found = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (words.get(i).get(hash & (BITS - 1))
                    && words.get(i).get((hash >>> 16) & (BITS - 1))
                    && holds(files.get(i), word)) {
                found.add(files.get(i));
                if (found.size() > most) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(found);
    }

    private boolean holds(SourceFile file, String word) {
        return project.text(file).map(text -> countOf(text.text(), word) > 0).orElse(true);
    }

    /** How often a word stands in a text between characters that are no part of words. */
    static int countOf(String text, String word) {
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            boolean before = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            int end = at + word.length();
            boolean after = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
            count += before && after ? 1 : 0;
        }
        return count;
    }

    private synchronized void make() {
        if (made) {
            return;
        }
        made = true;
        long bytes = 0;
        for (SourceFile file : project.tree().files()) {
            if (file.language() == Language.PYTHON && file.place() != Place.TEST && file.size() <= Project.MOST_BYTES) {
                files.add(file);
                bytes += file.size();
            }
        }
        tooLarge = bytes > MOST_BYTES;
        for (int i = 0; i < files.size() && !tooLarge; i++) {
            words.add(words(files.get(i)));
        }
    }

    private static BitSet words(SourceFile file) {
        BitSet bits = new BitSet(BITS);
        try {
            int hash = 0;
            for (byte one : Files.readAllBytes(file.path())) {
                if ((one >= 'a' && one <= 'z')
                        || (one >= 'A' && one <= 'Z')
                        || one == '_'
                        || (one >= '0' && one <= '9')
                        || one < 0) {
                    hash = hash * 31 + one;
                } else if (hash != 0) {
                    set(bits, hash);
                    hash = 0;
                }
            }
            set(bits, hash);
        } catch (IOException unreadable) {
            bits.set(0, BITS); // may hold anything
        }
        return bits;
    }

    private static void set(BitSet bits, int hash) {
        int mixed = mix(hash);
        bits.set(mixed & (BITS - 1));
        bits.set((mixed >>> 16) & (BITS - 1));
    }

    private static int hash(String word) {
        int hash = 0;
        for (byte one : word.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = hash * 31 + one;
        }
        return mix(hash);
    }

    /** Spreads a weak hash over all bits (the finaliser of MurmurHash3). */
    private static int mix(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
