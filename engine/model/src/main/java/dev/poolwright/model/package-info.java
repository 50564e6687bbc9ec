@NullMarked
package dev.poolwright.model;

import org.jspecify.annotations.NullMarked;
