-- Started by test/server/neovim.test.ts: nvim --clean --headless -n -i NONE -l is younger than 0.7, so
-- `-c "luafile …"`. Environment: SERVER (JSON list: the command), FILE, REPORT. Writes what it saw as JSON.
local function main()
  local bufnr = vim.fn.bufadd(vim.env.FILE)
  vim.fn.bufload(bufnr)
  vim.api.nvim_set_current_buf(bufnr)
  vim.bo[bufnr].filetype = 'prompt-yaml'
  local report = { logs = {} }
  local client_id = vim.lsp.start_client({
    name = 'promptsmith',
    cmd = vim.fn.json_decode(vim.env.SERVER),
    root_dir = vim.fn.fnamemodify(vim.env.FILE, ':h'),
    handlers = {
      ['window/logMessage'] = function(_, params) table.insert(report.logs, params.message) end,
    },
  })
  vim.lsp.buf_attach_client(bufnr, client_id)

  local function wait(what, condition)
    if not vim.wait(20000, condition, 20) then error('waited in vain for ' .. what) end
  end
  local function request(method, params)
    local answers = assert(vim.lsp.buf_request_sync(bufnr, method, params, 20000))
    local answer = answers[client_id] or error('no answer to ' .. method)
    if answer.error then error(method .. ': ' .. answer.error.message) end
    return answer.result
  end
  local function document() return { uri = vim.uri_from_bufnr(bufnr) } end
  local function lines() return vim.api.nvim_buf_get_lines(bufnr, 0, -1, false) end
  local function find(text)
    for i, line in ipairs(lines()) do
      local at = line:find(text, 1, true)
      if at then return { line = i - 1, character = vim.str_utfindex(line, at - 1) } end
    end
    error('not in the file: ' .. text)
  end

  wait('diagnostics', function() return #vim.diagnostic.get(bufnr) > 0 end)
  report.diagnostics = vim.tbl_map(function(d)
    return { code = d.code or d.user_data.lsp.code, line = d.lnum, message = d.message }
  end, vim.diagnostic.get(bufnr))

  local variable = find('{{customer}}')
  variable.character = variable.character + 3
  report.hover = request('textDocument/hover', { textDocument = document(), position = variable }).contents.value

  local whole = { start = { line = 0, character = 0 }, ['end'] = { line = #lines(), character = 0 } }
  local hints
  wait('inlay hints', function()
    hints = request('textDocument/inlayHint', { textDocument = document(), range = whole })
    return hints and #hints > 0
  end)
  report.hints = vim.tbl_map(function(hint) return hint.label end, hints)

  local edit = request('textDocument/rename', { textDocument = document(), position = variable, newName = 'client' })
  vim.lsp.util.apply_workspace_edit(edit, 'utf-16')
  report.renamed = lines()

  -- The server has seen the rename before it answers the next request.
  local place = find('max_tokens')
  local actions = request('textDocument/codeAction', {
    textDocument = document(),
    range = { start = place, ['end'] = place },
    context = { diagnostics = {}, only = { 'quickfix' } },
  })
  report.action = actions[1].title
  vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
  report.fixed = lines()

  vim.lsp.stop_client(client_id)
  wait('the server to end', function() return vim.lsp.client_is_stopped(client_id) end)
  vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
end

-- Without this a Lua error waits for ever.
local ok, message = xpcall(main, debug.traceback)
if not ok then
  io.stderr:write(message .. '\n')
  vim.cmd('cq!')
end
vim.cmd('qa!')
