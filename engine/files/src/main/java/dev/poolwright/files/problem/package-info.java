/** What is wrong with a file, in one form. */
@NullMarked
package dev.poolwright.files.problem;

import org.jspecify.annotations.NullMarked;
