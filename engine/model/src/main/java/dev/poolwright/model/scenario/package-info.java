/** What happens to a fleet in a run, and what is expected of it. */
@NullMarked
package dev.poolwright.model.scenario;

import org.jspecify.annotations.NullMarked;
