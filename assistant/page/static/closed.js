// The page that stands while the service is switched off: the staff sign in here, and the whole page comes.
import { isStaff, signInForm, watchCaller } from "./sign-in.js";

const place = document.getElementById("jb-closed-sign-in");
watchCaller(place, (who) => {
  if (isStaff(who)) location.reload();
  else place.replaceChildren(signInForm(who.note));
});
