// Every sentence that the scripts show: [中文, English]. Answers themselves are Chinese: they quote Chinese documents.
import { ASK_WORDS } from "./words-ask.js";
import { EVALUATION_WORDS } from "./words-evaluations.js";
import { LEDGER_WORDS } from "./words-ledger.js";
import { STAFF_WORDS } from "./words-staff.js";

const SHARED = {
  tagline: ["查标准化奖励、补助政策：每个答复都附条款原文，逐字可核对。", "Standardization awards in China: every answer quotes its clause, word for word."],
  title: ["奖补通", "jiangbu 奖补通"],
  "tab.ask": ["问答", "Ask"],
  "tab.lookup": ["速查", "Look up"],
  "tab.estimate": ["测算", "Estimate"],
  "tab.library": ["文库", "Library"],
  "tab.desk": ["反馈与待答", "Feedback"],
  "tab.evaluations": ["评测", "Evaluation"],
  language: ["English", "中文"],
  theme: ["深色", "Dark"],
  themeLight: ["浅色", "Light"],
  apiDocs: ["接口说明", "API"],
  disclaimer: ["测算参考，以主管部门审核为准。", "For reference only; the competent authority decides."],
  failed: ["系统出错，没有完成。请稍后再试。", "Something failed. Please try again."],
  offline: ["连接不上服务。请检查网络，稍后再试。", "The service cannot be reached. Check the network and try again."],
  loading: ["正在读取…", "Loading…"],
  copied: ["已复制", "Copied"],
  copyFailed: ["复制不了，请手动选择", "Could not copy; please select by hand"],
  copy: ["复制", "Copy"],
  close: ["关闭", "Close"],
  cancel: ["取消", "Cancel"],
  save: ["保存", "Save"],
  delete: ["删除", "Delete"],
  rename: ["改名", "Rename"],
  region: ["地区", "Region"],
  anyRegion: ["不限地区", "Any region"],
  asOf: ["判断日期", "As of"],
  number: ["文号", "Document no."],
  clause: ["条款", "Clause"],
  quote: ["原文", "Clause text"],
  fullText: ["在全文中查看", "See in the whole document"],
  newWindow: ["（新窗口打开）", " (opens a new window)"],
  ceiling: ["上限", "ceiling"],
  nothing: ["没有符合的条目。", "Nothing matches."],
  more: ["更多", "More"],
  print: ["打印", "Print"],
};

const WORDS = { ...SHARED, ...ASK_WORDS, ...LEDGER_WORDS, ...STAFF_WORDS, ...EVALUATION_WORDS };

export function language() {
  return localStorage.getItem("jiangbu.language") === "en" ? 1 : 0;
}

// The words of a key, `{name}` replaced by values; an unknown key is a mistake of ours and shows.
export function say(key, values = {}) {
  const told = WORDS[key] ? WORDS[key][language()] : `‹${key}›`;
  return told.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function has(key) {
  return key in WORDS;
}
