/** What readers work with: files, their trees, and what earlier stages found. */
@NullMarked
package dev.poolwright.scan.project;

import org.jspecify.annotations.NullMarked;
