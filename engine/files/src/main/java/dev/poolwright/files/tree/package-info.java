/** YAML as a tree of places, and the strict reading of its values. */
@NullMarked
package dev.poolwright.files.tree;

import org.jspecify.annotations.NullMarked;
