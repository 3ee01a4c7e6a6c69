// Search.
import { LoadingState } from '../../parts/states.js';
export function SearchPage() {
  return <LoadingState />;
}
