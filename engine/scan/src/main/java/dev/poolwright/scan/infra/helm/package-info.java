/** Helm charts: enough of Go's template language to see what a chart deploys, with the place of every value kept. */
@NullMarked
package dev.poolwright.scan.infra.helm;

import org.jspecify.annotations.NullMarked;
