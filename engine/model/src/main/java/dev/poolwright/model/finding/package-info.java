/** Findings: rules that fired, as data. */
@NullMarked
package dev.poolwright.model.finding;

import org.jspecify.annotations.NullMarked;
