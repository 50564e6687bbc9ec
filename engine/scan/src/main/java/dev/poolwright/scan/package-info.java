/** Source trees and manifests to facts. Nothing of the tree is executed, nothing outside it is read. */
@NullMarked
package dev.poolwright.scan;

import org.jspecify.annotations.NullMarked;
