@NullMarked
package dev.poolwright.report;

import org.jspecify.annotations.NullMarked;
