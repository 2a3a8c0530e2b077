/** `receipt.html`: one receipt that verifies itself, offline, against the keys it came with or those its reader gives. */
import { render } from 'preact';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/ui.css';
import '../styles/receipt.css';
import '../styles/slip-page.css';
import { embedded } from './embedded.ts';
import { Page } from './page.tsx';
import { unpackPrograms } from './unpack.ts';

const root = document.getElementById('page');
if (root !== null)
  void unpackPrograms(document).then((programs) => render(<Page {...embedded(document)} programs={programs} />, root));
