/** What managed databases allow. */
@NullMarked
package dev.poolwright.files.catalogue;

import org.jspecify.annotations.NullMarked;
