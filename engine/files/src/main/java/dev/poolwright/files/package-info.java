@NullMarked
package dev.poolwright.files;

import org.jspecify.annotations.NullMarked;
