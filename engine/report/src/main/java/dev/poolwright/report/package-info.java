/** Run records, findings and proofs as text for a terminal, HTML, JSON and JUnit XML. */
@NullMarked
package dev.poolwright.report;

import org.jspecify.annotations.NullMarked;
