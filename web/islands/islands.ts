// Everything script adds to pages that work without it. Each island looks for its own
// data attribute and does nothing when the page does not have it.
import { startAddresses } from './addresses';
import { startDrop } from './drop';
import { startFollow } from './follow';
import { startInPlace } from './in_place';
import { startMaps } from './maps';
import { startPledge } from './pledge';
import { startPosition } from './position';
import { startResults } from './results';
import { startSlip } from './slip';
import { startSuggestions } from './suggestions';

startResults();
startSuggestions();
startAddresses();
startPosition();
startSlip();
startPledge();
startMaps();
startInPlace();
startDrop();
startFollow();
