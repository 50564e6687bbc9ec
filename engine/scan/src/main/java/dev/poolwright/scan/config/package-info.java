/** Configuration text of every format to one kind of tree. */
@NullMarked
package dev.poolwright.scan.config;

import org.jspecify.annotations.NullMarked;
