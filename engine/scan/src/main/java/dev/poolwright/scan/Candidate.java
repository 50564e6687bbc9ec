package dev.poolwright.scan;

import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;

/** A file that at least one reader is interested in. */
record Candidate(SourceFile file, List<Reader> readers) {}
