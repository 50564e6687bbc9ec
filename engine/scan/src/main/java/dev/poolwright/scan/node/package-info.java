/** Readers of JavaScript and TypeScript. */
@NullMarked
package dev.poolwright.scan.node;

import org.jspecify.annotations.NullMarked;
